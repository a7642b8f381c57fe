/** What can go wrong in the kernel; anything but 0 is a broken invariant. Read by both compilers. */
export const FAILURE_LOSS = 1;
export const FAILURE_CONTACT = 2;
