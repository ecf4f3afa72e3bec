import type { Result } from '@/lib/problems/result'
import { editVersion } from './commands'
import { listPictures } from './picture.queries'
import type { Picture } from './picture.schema'
import type { StaffActor } from './types'

/**
 * Puts these pictures, in this order, in the place of all there were. Nothing is fetched: an address
 * is only ever followed by the browsers of those who look. Locks the restaurant's row. Refuses
 * `not-found` and `changed-meanwhile`, as the profile does.
 */
export async function savePictures({
  pictures,
  ...saving
}: {
  restaurantId: string
  actor: StaffActor
  version: number
  pictures: Picture[]
}): Promise<Result<{ version: number }>> {
  const { restaurantId } = saving
  return editVersion({
    ...saving,
    readPresent: async ({ tx }) => ({ pictures: await listPictures(restaurantId, tx) }),
    work: async ({ tx, restaurant, record }) => {
      const before = await listPictures(restaurantId, tx)
      await tx.restaurantPicture.deleteMany({ where: { restaurantId } })
      await tx.restaurantPicture.createMany({
        data: pictures.map((picture, position) => ({ restaurantId, position, ...picture })),
      })
      const to = restaurant.published ? 'PUBLISHED' : 'UNPUBLISHED'
      await record({ act: 'EDIT_PICTURES', from: to, to, details: { before } })
    },
  })
}
