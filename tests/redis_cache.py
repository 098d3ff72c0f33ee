"""The Redis cache of tests: clearing it leaves other runs' keys, and a running product's, alone."""

from django.core.cache.backends.redis import RedisCache


class OwnKeysRedisCache(RedisCache):
    """Clears only the keys under its own prefix, where Django's empties the whole database."""

    def clear(self) -> None:
        """Delete every key of this prefix."""
        client = self._cache.get_client(write=True)
        keys = list(client.scan_iter(match=f"{self.key_prefix}:*"))
        if keys:
            client.delete(*keys)
