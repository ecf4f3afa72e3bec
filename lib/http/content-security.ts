const everywhere = [
  "default-src 'self'",
  "img-src 'self' data: https:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

/**
 * The policy of a page. Pages made for one visitor allow scripts by a nonce; pages that a shared
 * cache keeps can't carry one (docs/decisions/0005-csp-on-cached-pages.md).
 */
export function contentSecurityPolicy({
  nonce,
  isDevelopment,
}: {
  nonce: string | null
  isDevelopment: boolean
}): string {
  const scripts = nonce ? `'self' 'nonce-${nonce}' 'strict-dynamic'` : "'self' 'unsafe-inline'"
  // The development server evaluates code to replace it while the page runs.
  return [...everywhere, `script-src ${scripts}${isDevelopment ? " 'unsafe-eval'" : ''}`].join('; ')
}
