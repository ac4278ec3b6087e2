"""Events, activities and bookings: find one, book it, put it in a calendar."""
