using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stand-in.</summary>
public static class ChatClientBuilderServiceCollectionExtensions
{
    public static ChatClientBuilder AddChatClient(
        this IServiceCollection serviceCollection, IChatClient innerClient, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        serviceCollection.AddChatClient(_ => innerClient, lifetime);

    public static ChatClientBuilder AddChatClient(
        this IServiceCollection serviceCollection, Func<IServiceProvider, IChatClient> innerClientFactory, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        var builder = new ChatClientBuilder(innerClientFactory);
        serviceCollection.Add(new ServiceDescriptor(typeof(IChatClient), builder.Build, lifetime));
        return builder;
    }

    public static ChatClientBuilder AddKeyedChatClient(
        this IServiceCollection serviceCollection, object? serviceKey, IChatClient innerClient, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        serviceCollection.AddKeyedChatClient(serviceKey, _ => innerClient, lifetime);

    public static ChatClientBuilder AddKeyedChatClient(
        this IServiceCollection serviceCollection, object? serviceKey, Func<IServiceProvider, IChatClient> innerClientFactory, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        var builder = new ChatClientBuilder(innerClientFactory);
        serviceCollection.Add(new ServiceDescriptor(typeof(IChatClient), serviceKey, (services, _) => builder.Build(services), lifetime));
        return builder;
    }
}
