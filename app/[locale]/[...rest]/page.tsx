import { notFound } from 'next/navigation'

/** Every address that no page has, so that the answer is in the language and the dress of the site. */
export default function UnknownPage() {
  notFound()
}
