"""Photos of strangers are opened in a child process with little memory and little time, and leave it clean."""
