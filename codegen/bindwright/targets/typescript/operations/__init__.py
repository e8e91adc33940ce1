"""Operations: functions over `fetch`, one a module, and the client that groups them."""
