/**
 * Ours is what carries an id of our shape and is in our journal. The shape alone is not enough: another machine of the same master makes ids of the
 * same shape, and what it placed is as foreign here as an order placed by hand. Foreign orders are shown and never touched.
 */
const OWN_SHAPE = /^mt[0-9a-f]{16}$/;

export const hasOwnShape = (clientOrderId: string): boolean => OWN_SHAPE.test(clientOrderId);
