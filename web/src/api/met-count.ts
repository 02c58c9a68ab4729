/** How many obligations are met, as the percentage counts them: one that falls due soon still is (domain.md section 5). */
export const metCount = ({ met, dueSoon }: { met: number; dueSoon: number }): number => met + dueSoon;
