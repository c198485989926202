"""Building blocks of the invented province: nobody and nothing in it exists."""
