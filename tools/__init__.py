"""Programs that make what ships; nothing of the service imports them."""
