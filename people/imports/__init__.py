"""Bring in people from a file that a school's MIS wrote: read, match columns, plan, write.

``reading`` turns bytes into rows or refuses the file. ``columns`` says which column means what.
``plan`` compares the rows with the register and changes nothing. ``staff``, ``pupils`` and
``carers`` know what is theirs: the fields, what the register holds now, and how to write a plan.
"""
