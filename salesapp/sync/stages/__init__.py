"""One file per stage of a sync, in the order of `salesapp.sync.engine`."""
