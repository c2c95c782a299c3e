global using Headroom.TestSupport;
