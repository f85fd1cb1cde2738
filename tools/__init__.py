"""What a business can do for a customer: typed tools that read and write its books."""
