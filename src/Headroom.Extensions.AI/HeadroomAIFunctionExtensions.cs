using Headroom;
using Headroom.Extensions.AI.Tools;
using Headroom.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.AI;

/// <summary>Adds Headroom to single functions.</summary>
public static class HeadroomAIFunctionExtensions
{
    /// <summary>Wraps a function so that its results are compressed at birth: for services that keep the history, and hosts that own their loop.</summary>
    /// <param name="function">The function. Name, schema and everything else stay the same; one that is wrapped already is returned as it is.</param>
    /// <param name="compressor">The engine. The default has default options and keeps originals in memory.</param>
    /// <param name="canRetrieve">Whether the model can call the retrieval tool and it is answered from the same store. Without it nothing is left out.</param>
    /// <param name="scope">The scope originals are stored in.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    /// <exception cref="ArgumentException">The function is a <c>KernelFunction</c>, which a kernel refuses to run when it is wrapped.</exception>
    public static AIFunction WithHeadroom(
        this AIFunction function, ConversationCompressor? compressor = null, bool canRetrieve = false, string scope = "", ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(scope);
        if (KernelFunctions.IsOne(function))
            throw new ArgumentException("A KernelFunction cannot be wrapped; use a filter on the kernel, or a client inside its function invocation.", nameof(function));
        if (function.GetService<CompressingFunction>() is not null) return function;
        compressor ??= new ConversationCompressor(store: new InMemoryOriginalStore());
        ILogger logger = (ILogger?)loggerFactory?.CreateLogger<AIFunction>() ?? NullLogger.Instance;
        return new CompressingFunction(function, new ResultCompressor(compressor, new ConversationContext { CanRetrieve = canRetrieve, Scope = scope }, logger));
    }
}
