"""What may be called: signatures, costs, and numpy where it is careless."""
