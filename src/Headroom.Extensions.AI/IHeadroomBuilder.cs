using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Extensions.AI;

/// <summary>Registers what belongs to Headroom.</summary>
public interface IHeadroomBuilder
{
    /// <summary>The services Headroom is registered in.</summary>
    IServiceCollection Services { get; }
}
