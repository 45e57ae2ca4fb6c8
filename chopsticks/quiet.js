// Chopsticks tells every block that it builds, unless it is told not to before it is loaded.
process.env.LOG_LEVEL ??= 'warn'
