"""Everything that happens to a ticket; commands, buttons, talk and the clock all come here."""
