"""Every change to what people edit: who, when, why, before and after. Knows no other room."""
