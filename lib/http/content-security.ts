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
 * A page's content security policy. Pages rendered for one visitor allow scripts by a nonce; pages
 * in a shared cache can't carry one (docs/decisions/0005-csp-on-cached-pages.md).
 */
export function contentSecurityPolicy({
  nonce,
  isDevelopment,
}: {
  nonce: string | null
  isDevelopment: boolean
}): string {
  const scripts = nonce ? `'self' 'nonce-${nonce}' 'strict-dynamic'` : "'self' 'unsafe-inline'"
  // The development server evaluates code to replace modules while the page runs.
  return [...everywhere, `script-src ${scripts}${isDevelopment ? " 'unsafe-eval'" : ''}`].join('; ')
}

/** Of answers that are data: nothing in them runs, loads or frames, even if a browser shows one. */
export const dataPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
