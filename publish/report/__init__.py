"""Official tables of a period as a workbook: specs (tables/*.yml), figures (table.py), paper (sheet.py), book.py."""
