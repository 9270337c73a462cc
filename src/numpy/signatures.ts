/** The signatures that Generator and RandomState share. */
export const DISTRIBUTIONS = `
uniform low= high= size?
normal loc= scale= size?
laplace loc= scale= size?
gumbel loc= scale= size?
logistic loc= scale= size?
lognormal mean= sigma= size?
exponential scale= size?
rayleigh scale= size?
gamma shape scale= size?
beta a b size?
f dfnum dfden size?
noncentral_f dfnum dfden nonc size?
chisquare df size?
noncentral_chisquare df nonc size?
standard_cauchy size?
standard_t df size?
vonmises mu kappa size?
pareto a size?
weibull a size?
power a size?
wald mean scale size?
triangular left mode right size?
binomial n p size?
negative_binomial n p size?
poisson lam= size?
zipf a size?
geometric p size?
logseries p size?
hypergeometric ngood nbad nsample size?
multinomial n pvals size?
dirichlet alpha size?`;
