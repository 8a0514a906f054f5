"""What the address of a timeline says -> what is asked of the search, and how the answer is shown."""

# The treaty whose articles need only their number.
MAIN_TREATY = "ru-kp-2024"
