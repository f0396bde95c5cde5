"""The roof: settings, addresses, the server's entry. It may import everything below."""
