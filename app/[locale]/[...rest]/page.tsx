import { notFound } from 'next/navigation'

/** Catches unknown addresses, so that the 404 has the site's language and look. */
export default function UnknownPage() {
  notFound()
}
