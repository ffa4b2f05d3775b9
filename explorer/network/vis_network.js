// Comes after vis-network, which is there once it has run: the component itself does nothing (`network.js` waits for it).
export default () => {};
