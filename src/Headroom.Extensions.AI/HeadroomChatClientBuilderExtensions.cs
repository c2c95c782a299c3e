using Headroom;
using Headroom.Economics;
using Headroom.Extensions.AI;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Adds Headroom to chat clients.</summary>
public static class HeadroomChatClientBuilderExtensions
{
    /// <summary>Adds a <see cref="HeadroomChatClient"/> as the next stage in the pipeline: inside function invocation when called after <c>UseFunctionInvocation</c>, which is the place that sees most.</summary>
    /// <param name="builder">The <see cref="ChatClientBuilder"/>.</param>
    /// <param name="options">Settings. By default those of <c>AddHeadroom</c>, else the defaults.</param>
    /// <param name="store">Where originals are kept that the conversation does not hold. By default the registered store, else a registered <c>HybridCache</c>, else memory.</param>
    /// <param name="configure">Sets up the client.</param>
    /// <returns>The supplied <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range; thrown when the pipeline is built.</exception>
    public static ChatClientBuilder UseHeadroom(
        this ChatClientBuilder builder, HeadroomOptions? options = null, IOriginalStore? store = null, Action<HeadroomChatClient>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HeadroomOptions? copy = options?.Clone();
        return builder.Use((innerClient, services) =>
        {
            var client = new HeadroomChatClient(innerClient, HeadroomServices.Compressor(services, copy, store), services.GetService<ILoggerFactory>())
            {
                Ledger = services.GetService<IHeadroomLedger>(),
            };
            configure?.Invoke(client);
            return client;
        });
    }

    /// <summary>Wraps a chat client in a <see cref="HeadroomChatClient"/>, for hosts that use no builder.</summary>
    /// <param name="innerClient">The client to wrap. Disposed with the wrapper.</param>
    /// <param name="options">Settings. The default is <c>new HeadroomOptions()</c>.</param>
    /// <param name="store">Where originals are kept that the conversation does not hold. The default keeps them in memory.</param>
    /// <param name="configure">Sets up the client.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerClient"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IChatClient UseHeadroom(
        this IChatClient innerClient, HeadroomOptions? options = null, IOriginalStore? store = null, Action<HeadroomChatClient>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        var client = new HeadroomChatClient(innerClient, new ConversationCompressor(options, store: store ?? new InMemoryOriginalStore()));
        configure?.Invoke(client);
        return client;
    }
}
