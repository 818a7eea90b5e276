/** Kubernetes Engine, in the version that the provider calls. Source: services/container/product.go. */
export const CONTAINER = "https://container.googleapis.com/v1beta1";
