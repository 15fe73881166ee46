"""The desk for the ear: lines that follow one another and a cursor that stands where one types."""
