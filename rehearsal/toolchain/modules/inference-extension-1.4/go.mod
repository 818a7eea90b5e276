module example.invalid/tools/inference-extension-1.4

go 1.26.0

require sigs.k8s.io/gateway-api-inference-extension v1.4.0
