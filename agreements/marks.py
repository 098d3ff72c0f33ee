"""The pictures with which pupils sign: easy to tell apart, the same for everybody."""

# What is stored and the name of the icon, to the word that stands beside it.
MARKS = {
    "cat": "Cat",
    "dog": "Dog",
    "fish": "Fish",
    "bird": "Bird",
    "rabbit": "Rabbit",
    "turtle": "Turtle",
    "squirrel": "Squirrel",
    "snail": "Snail",
    "star": "Star",
    "sun": "Sun",
    "flower": "Flower",
    "apple": "Apple",
}
