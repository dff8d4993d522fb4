"""La clase en una página y una tabla."""
