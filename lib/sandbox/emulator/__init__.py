"""moto, completed: the sandbox that answers as AWS does. A launcher, an engine, and what declarations are written with."""
