"""Views as files: what analysts load into DuckDB, a data frame or a spreadsheet.

>>> from dateline.exports.files import harmless
>>> harmless("=1+1")
"'=1+1"
"""
