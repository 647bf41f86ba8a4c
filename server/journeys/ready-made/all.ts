import type { ReadyMade } from './ready-made.ts';
import { alert } from './recipes/alert.ts';
import { appointment } from './recipes/appointment.ts';
import { backInStock } from './recipes/back-in-stock.ts';
import { birthday } from './recipes/birthday.ts';
import { cartAbandonment } from './recipes/cart-abandonment.ts';
import { delivery } from './recipes/delivery.ts';
import { feedback } from './recipes/feedback.ts';
import { flashSale } from './recipes/flash-sale.ts';
import { invitation } from './recipes/invitation.ts';
import { milestone } from './recipes/milestone.ts';
import { orderConfirmation } from './recipes/order-confirmation.ts';
import { passwordReset } from './recipes/password-reset.ts';
import { replenishment } from './recipes/replenishment.ts';
import { review } from './recipes/review.ts';
import { welcome } from './recipes/welcome.ts';
import { winBack } from './recipes/win-back.ts';

/** All ready-made journeys, in the order in which they are shown. */
export const readyMade: readonly ReadyMade[] = [
  ...[welcome, cartAbandonment, winBack, birthday, flashSale, backInStock, replenishment, review],
  ...[feedback, milestone, invitation, appointment, orderConfirmation, delivery, alert, passwordReset],
];
