"""Many runs at once: over the cores of this machine, or over a cluster."""
