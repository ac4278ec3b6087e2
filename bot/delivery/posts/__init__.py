"""What is owed to no single person: to a group, or to a card shared in another chat."""
