/** Reports, and does nothing else: what Node itself takes to start. */
process.stdout.write(JSON.stringify({}));
