"""The playground page: chat windows, a chooser of persons, a virtual clock, and what was heard beside each line."""
