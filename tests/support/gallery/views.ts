import { accessViews } from './access-views'
import { accountViews } from './account-views'
import { adminViews } from './admin-views'
import { badEveningViews } from './bad-evening-views'
import { changeViews } from './change-views'
import { dinerViews } from './diner-views'
import { keptViews } from './kept-views'
import { lineViews } from './line-views'
import { openingViews } from './opening-views'
import { ownerViews } from './owner-views'
import { pinViews } from './pin-views'
import { planningViews } from './planning-views'
import { proofViews } from './proof-views'
import { restaurantViews } from './restaurant-views'
import { scheduleViews } from './schedule-views'
import type { View } from './view'

/** Every page, in every state that was designed. */
export const views: View[] = [
  ...accessViews,
  ...dinerViews,
  ...lineViews,
  ...openingViews,
  ...proofViews,
  ...accountViews,
  ...ownerViews,
  ...changeViews,
  ...keptViews,
  ...badEveningViews,
  ...pinViews,
  ...restaurantViews,
  ...adminViews,
  ...scheduleViews,
  ...planningViews,
]
