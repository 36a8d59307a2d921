"""Image processing in a sandboxed child process: little memory, little time, no metadata in what comes out."""
