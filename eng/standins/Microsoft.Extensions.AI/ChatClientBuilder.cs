namespace Microsoft.Extensions.AI;

/// <summary>Stand-in. Builds a pipeline of chat clients; the first <c>Use</c> is the outermost.</summary>
public sealed class ChatClientBuilder
{
    private readonly Func<IServiceProvider, IChatClient> _innermost;
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _stages = [];

    public ChatClientBuilder(IChatClient innerClient)
        : this(_ => innerClient) => ArgumentNullException.ThrowIfNull(innerClient);

    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory)
    {
        ArgumentNullException.ThrowIfNull(innerClientFactory);
        _innermost = innerClientFactory;
    }

    public IChatClient Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        IChatClient client = _innermost(services);
        for (int i = _stages.Count - 1; i >= 0; i--)
            client = _stages[i](client, services) ?? throw new InvalidOperationException("A stage of the pipeline returned null.");
        return client;
    }

    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        return Use((inner, _) => clientFactory(inner));
    }

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        _stages.Add(clientFactory);
        return this;
    }

    // The real one answers keyed requests as well, with null.
    private sealed class NoServices : IServiceProvider, DependencyInjection.IKeyedServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;

        public object? GetKeyedService(Type serviceType, object? serviceKey) => null;

        public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
            throw new InvalidOperationException($"No service for type '{serviceType}' has been registered.");
    }
}

/// <summary>Stand-in.</summary>
public static class ChatClientBuilderChatClientExtensions
{
    public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => new(innerClient);
}
