import type { RestaurantDetail } from '@/domain/restaurant/types'

/**
 * Owners host their pictures elsewhere. Each has its space reserved before it loads, and
 * alternative text if it never does.
 */
export function RestaurantPictures({
  pictures,
  label,
}: {
  pictures: RestaurantDetail['pictures']
  label: string
}) {
  if (pictures.length === 0) return null
  const isAlone = pictures.length === 1
  return (
    <section
      aria-label={label}
      tabIndex={isAlone ? undefined : 0}
      className="-mx-4 overflow-x-auto md:mx-0"
    >
      <ul className="flex snap-x snap-mandatory gap-2 px-4 md:px-0">
        {pictures.map(({ url, alt }, index) => (
          <li
            key={url}
            className={`aspect-3/2 shrink-0 snap-center overflow-hidden rounded-card bg-line text-15 text-quiet ${isAlone ? 'w-full' : 'w-10/12 md:w-96'}`}
          >
            {/* biome-ignore lint/performance/noImgElement: we neither resize nor cache other sites' pictures */}
            <img
              src={url}
              alt={alt}
              width={960}
              height={640}
              loading={index === 0 ? 'eager' : 'lazy'}
              decoding="async"
              referrerPolicy="no-referrer"
              className="size-full object-cover"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
