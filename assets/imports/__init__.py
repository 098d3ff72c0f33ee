"""Bring in equipment from a file: read a workbook, match columns, plan, write.

A file is read, its columns matched and its rows cleaned by ``people.imports``; ``workbook`` turns
an XLSX file into CSV first. ``plan`` compares with the register and changes nothing.
"""
