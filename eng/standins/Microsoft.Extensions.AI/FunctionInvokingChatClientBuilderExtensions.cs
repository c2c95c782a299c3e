using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Stand-in.</summary>
public static class FunctionInvokingChatClientBuilderExtensions
{
    public static ChatClientBuilder UseFunctionInvocation(
        this ChatClientBuilder builder, ILoggerFactory? loggerFactory = null, Action<FunctionInvokingChatClient>? configure = null) =>
        builder.Use((inner, services) =>
        {
            var client = new FunctionInvokingChatClient(inner, loggerFactory ?? services.GetService<ILoggerFactory>(), services);
            configure?.Invoke(client);
            return client;
        });
}
