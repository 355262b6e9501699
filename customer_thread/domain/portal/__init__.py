"""What a customer's pages show of the business."""
