"""What templates say of recorded changes."""
