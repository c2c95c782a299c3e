global using Headroom.TestSupport;
global using Microsoft.Extensions.AI;
