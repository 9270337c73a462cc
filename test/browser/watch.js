// Whatever goes wrong from here on is sent to the test at once: a report with errors in it.
globalThis.report = content => fetch('/report', { method: 'POST', body: JSON.stringify(content) });

const fail = text => globalThis.report({ errors: [String(text)] });

// capturing: a script that does not load says so only to its own element
addEventListener('error', event => fail(event.message ?? `${event.target.src} did not load`), true);
addEventListener('unhandledrejection', event => fail(event.reason));
document.addEventListener('securitypolicyviolation', event => fail(`${event.violatedDirective} blocked ${event.blockedURI}`));
for (const level of ['warn', 'error']) console[level] = (...text) => fail(`console.${level}: ${text.join(' ')}`);
