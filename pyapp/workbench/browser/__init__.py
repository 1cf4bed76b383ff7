"""The workbench's edge to the browser; the only place of the app that touches the DOM. All that decides is outside."""
