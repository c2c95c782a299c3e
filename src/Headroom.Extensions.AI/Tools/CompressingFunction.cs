using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>A function whose results are compressed at birth. Everything else is the inner function's.</summary>
internal sealed class CompressingFunction(AIFunction innerFunction, ResultCompressor results) : DelegatingAIFunction(innerFunction)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        object? result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        return await results.CompressAsync(this, arguments, result, cancellationToken).ConfigureAwait(false);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CompressingFunction) ? this : base.GetService(serviceType, serviceKey);
}
